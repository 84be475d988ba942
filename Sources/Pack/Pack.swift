// The Pack target.
