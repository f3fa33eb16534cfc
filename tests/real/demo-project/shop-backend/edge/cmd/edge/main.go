// Command edge terminates TLS and caches public pages.
package main

func main() {}
