#!/bin/bash
# Runs as the first process of an engine's own mount and pid namespaces:
#   inside.sh ROOTFS STATE [NAME=VALUE...]
# ROOTFS is shared by all engines and stays untouched (writes go to an overlay in memory); STATE is this
# engine's own directory, seen inside as /srv/ll. Nothing mounted here exists outside, and when this
# process ends the kernel kills everything that is left in the namespace.
set -eu
root=$1 state=$2
shift 2

mount -t tmpfs tmpfs /mnt
mkdir /mnt/upper /mnt/work /mnt/root
# A mount of its own also satisfies runc, which cannot pivot out of a plain directory.
mount -t overlay overlay -o "lowerdir=$root,upperdir=/mnt/upper,workdir=/mnt/work" /mnt/root
mount -t proc proc /mnt/root/proc
mount --rbind /sys /mnt/root/sys
mount --rbind /dev /mnt/root/dev
mount -t tmpfs tmpfs /mnt/root/run
mount --bind "$state" /mnt/root/srv/ll

# pivot_root, not chroot: `docker exec` enters a container's mount namespace at its very root, and above a
# mere chroot that would be the machine's own file system.
cd /mnt/root
pivot_root . mnt
# Not exec: as pid 1 the shell reaps the orphans that dockerd would leave as zombies.
exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root "$@" chroot . bash -c '
umount -l /mnt
cd /
dockerd --config-file /srv/ll/daemon.json &
engine=$!
trap "kill -TERM $engine" TERM
code=0
wait $engine || code=$?
# A trapped signal ends the first wait early; the engine may still be shutting down.
while kill -0 $engine 2>/dev/null; do wait $engine || code=$?; done
exit $code'
