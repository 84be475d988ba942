// The Stack target.
