// The LinuxLink target.
