#!/usr/bin/env bash
# usage: src/docker/replay.sh FOLDER
# Carries the steps of the Dockerfile out below FOLDER, which stands for the root of each image, with the JDK and the Maven of this
# machine, and then runs what the image would hold, without Maven.
set -euo pipefail
[ $# -eq 1 ] || { echo "usage: $0 FOLDER (missing or empty)" >&2; exit 2; }
project="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)"
mkdir -p "$1"
root="$(cd -- "$1" && pwd)"
[ -z "$(ls -A "$root")" ] || { echo "$0: FOLDER must be missing or empty, got $root" >&2; exit 2; }

stage=0 work=/
while read -r word rest; do
    at="$root/stage-$stage"
    case "$word" in
        FROM)
            stage=$((stage + 1)) work=/
            mkdir -p "$root/stage-$stage"
            ;;
        WORKDIR)
            work="$rest"
            mkdir -p "$at$work"
            ;;
        COPY)
            read -r -a names <<<"$rest"
            to="${names[-1]}"
            case "$to" in /*) to="$at$to" ;; *) to="$at$work/$to" ;; esac
            unset 'names[-1]'
            from="$project"
            if [ "${names[0]}" = --from=build ]; then
                from="$root/stage-1"
                names=("${names[@]:1}")
            fi
            for name in "${names[@]}"; do
                # as the engine does: of a folder, what is in it
                if [ -d "$from/$name" ]; then
                    mkdir -p "$to"
                    cp -a "$from/$name/." "$to"
                else
                    mkdir -p "$to"
                    cp -a "$from/$name" "$to"
                fi
            done
            ;;
        RUN)
            case "$rest" in apt-get*) continue ;; esac
            echo "replay: $rest"
            (cd -- "$at$work" && bash -c "$rest") </dev/null
            ;;
        ENTRYPOINT) entry="$(tr -d '[]"' <<<"$rest")" ;;
        CMD | "#"* | "") ;;
        *)
            echo "$0: knows no step $word" >&2
            exit 1
            ;;
    esac
done <"$project/src/docker/Dockerfile"

# the image has no Maven
mkdir "$root/bin"
printf '#!/bin/sh\necho "the image builds again" >&2\nexit 1\n' >"$root/bin/mvn"
chmod +x "$root/bin/mvn"
export PATH="$root/bin:$PATH"
program="$root/stage-$stage$entry"
"$program" --version
"$program" study fcn --size 4 --seeds 2 --most-steps 2 --store "$root/one" >"$root/one.txt"
"$program" study fcn --size 4 --seeds 2 --most-steps 2 --store "$root/two" --spark 'local[2]' --export "$root/two.parquet" >"$root/two.txt"
du -sh "$root/stage-$stage"
