#!/bin/sh
# The command of an unpacked bundle: starts the Node in this folder, and helps out with libraries that a machine lacks.
set -eu
me=$(readlink -f -- "$0" 2> /dev/null || printf '%s' "$0")
here=$(CDPATH='' cd -- "$(dirname -- "$me")" && pwd -P)

# What the dynamic linker finds by itself; libraries on board come after the machine's own.
known=$( (ldconfig -p || /sbin/ldconfig -p) 2> /dev/null || true)
has() { case $known in *"$1 "*) true ;; *) false ;; esac }
also() { LD_LIBRARY_PATH=${LD_LIBRARY_PATH:+$LD_LIBRARY_PATH:}$1; }
if [ -d /usr/local/nvidia/lib64 ]; then also /usr/local/nvidia/lib64; fi
has libvulkan.so.1 || also "$here/lib/vulkan"
has libstdc++.so.6 || also "$here/lib/c++"
export LD_LIBRARY_PATH="${LD_LIBRARY_PATH:-}"

# Containers often have NVIDIA's driver without the manifest by which the Vulkan loader finds it.
if [ -z "${VK_DRIVER_FILES:-}${VK_ICD_FILENAMES:-}" ]; then
  there=$(ls /usr/share/vulkan/icd.d /usr/local/share/vulkan/icd.d /etc/vulkan/icd.d 2> /dev/null || true)
  elsewhere=/usr/local/nvidia/share/vulkan/icd.d/nvidia_icd.json
  case $there in
    *nvidia*) ;;
    *)
      if [ -f "$elsewhere" ]; then
        export VK_ICD_FILENAMES="$elsewhere"
      elif has libGLX_nvidia.so.0; then
        export VK_ICD_FILENAMES="$here/lib/vulkan/nvidia_icd.json"
      fi
      ;;
  esac
fi

export XDG_RUNTIME_DIR="${XDG_RUNTIME_DIR:-${TMPDIR:-/tmp}}"
export HYPERLAW_DATA="${HYPERLAW_DATA:-$here/data}"
export HYPERLAW_OFFLINE="${HYPERLAW_OFFLINE:-1}"
# As the command's own first line has it.
export MALLOC_ARENA_MAX=2 MALLOC_MMAP_THRESHOLD_=999999 MALLOC_TRIM_THRESHOLD_=999999
exec "$here/bin/node" --max-semi-space-size=4 "$here/code/packages.cli.bin.hyperlaw.js" "$@"
