module shop.example.org/edge

go 1.23

require github.com/quic-go/quic-go v0.48.1
