// The tests of LinuxLink.
