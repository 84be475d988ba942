// The Cache target.
