// The PackBuilder target.
