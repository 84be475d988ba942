// The tests of Stack.
