"""An image for builders of the docker-container driver without any of BuildKit's own: its buildctl leads to an engine's BuildKit."""

SHIM = """FROM BASE
COPY --chmod=755 buildctl buildkitd /usr/bin/
ENV PATH=/usr/bin:/bin
ENTRYPOINT ["/usr/bin/buildkitd"]
"""
# What buildx asks of a container: that it runs, answers `debug workers`, and carries a connection.
BUILDCTL = """#!/bin/sh
case "$*" in
*dial-stdio*) exec nc 127.0.0.1 {port} ;;
*--version*) echo 'buildctl github.com/moby/buildkit v0.0.0 shim' ;;
esac
"""
BUILDKITD = """#!/bin/sh
case "$*" in
*--version*) echo 'buildkitd github.com/moby/buildkit v0.0.0 shim'; exit ;;
esac
trap exit TERM
while :; do sleep 1 & wait $!; done
"""


def push_shim(lab, node, port):
    """Builds it on a node, for a BuildKit that listens on a loopback port; the image's name in the lab's registry."""
    image = f"{lab.rig.registry.address}/shim:{port}"
    node.build(lab.context(f"shim-{port}", SHIM, buildctl=BUILDCTL.format(port=port), buildkitd=BUILDKITD), "--push", "-t", image)
    return image
