// The tests of PackBuilder.
