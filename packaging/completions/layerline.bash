# bash completion of layerline
_layerline()
{
    local current=${COMP_WORDS[COMP_CWORD]} previous= verb= options=
    ((COMP_CWORD > 0)) && previous=${COMP_WORDS[COMP_CWORD - 1]}
    ((COMP_CWORD > 1)) && verb=${COMP_WORDS[1]}
    COMPREPLY=()
    case $previous in
    --theme) mapfile -t COMPREPLY < <(compgen -W 'light dark' -- "$current"); return ;;
    --lang) mapfile -t COMPREPLY < <(compgen -W 'en zh_CN' -- "$current"); return ;;
    --address) mapfile -t COMPREPLY < <(compgen -W 'unix:// tcp://' -- "$current"); return ;;
    --size) mapfile -t COMPREPLY < <(compgen -W '1280x800 1440x900 2560x1440' -- "$current"); return ;;
    -o | --output) mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
    --platform) mapfile -t COMPREPLY < <(compgen -W 'linux/amd64 linux/arm64 linux/arm/v7 linux/riscv64 linux/ppc64le linux/s390x linux/386' -- "$current"); return ;;
    --promised | --built) mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
    --to | --timeout | --image | --of-run) return ;;
    --source) mapfile -t COMPREPLY < <(compgen -W 'existing history generate inputs' -- "$current"); return ;;
    --preset | --delete)
        if [[ $verb == build || $verb == presets ]]; then
            # Those of the folder one is in.
            mapfile -t COMPREPLY < <(compgen -W "$(layerline presets 2>/dev/null | sed -n 's/  (used last)$//; /^[^ ]/p')" -- "$current")
        fi
        return ;;
    --limit | --scale | --at | --run | --attempt | --rerun-job | --save-preset | --ref | -f | --workflow | --as | --runner | --warm | --paths) return ;;
    esac
    case $verb in
    builders | watch) options='--json --address --help' ;;
    builds) options='--json --limit --address --help' ;;
    runs) options='--limit --run --attempt --builds --watch --rerun --rerun-failed --rerun-job --cancel --force-cancel --dry-run --json --help' ;;
    caches) options='--delete --dry-run --json --help' ;;
    dispatch) options='--ref -f --dry-run --json --help' ;;
    gate) options='--platform --promised --built --image --of-run --run --timeout --json --help' ;;
    tag) options='--to --history --dry-run --json --help' ;;
    rollback) options='--workflow --source --from --as --branch --runner --keep-matrix --trial --trial-only --publish --direct -f --write --undo --dry-run --json --help' ;;
    migrate) options='--workflow --source --platform --runner --cheapest --warm --paths --dispatch --from --as --branch --trial --trial-only --publish --direct -f --write --undo --dry-run --json --help' ;;
    show) options='--json --address --help demo' ;;
    shot) options='--from --size --scale --theme --lang --at --output --address --help builds timeline layers log details pipelines builders releases settings empty' ;;
    build) options='--platform --builder --target --tag --file --build-arg --label --build-context --secret --ssh --cache-from --cache-to --output --network --allow --set --push --load --no-cache --pull --no-provenance --keep-going --preset --save-preset --costs --at-most --follow --detach --dry-run --json --help' ;;
    presets) options='--delete --dry-run --json --help' ;;
    rebuild) options='--platform --builder --context --file --tag --build-context --secret --without-secret --ssh --cache-to --output --push --no-cache --keep-going --whole-call --follow --detach --dry-run --json --help' ;;
    retry) options='--platform --follow --detach --dry-run --json --help' ;;
    cancel) options='--dry-run --help' ;;
    jobs) options='--json --help' ;;
    backtest) options='--cores --json --help' ;;
    prune) options='--all --unused-for --dry-run --json --help' ;;
    builder) options='create append remove use bootstrap stop warm pin unpin forget --driver --driver-opt --node --platform --use --bootstrap --keep-state --file --dry-run --json --help' ;;
    demo) options='--theme --lang --at --address --help' ;;
    *)
        options='--theme --lang --at --address --help --version'
        ((COMP_CWORD == 1)) && options+=' builders builds watch show shot demo runs caches dispatch build presets rebuild retry cancel jobs backtest prune builder rollback migrate gate tag'
        ;;
    esac
    mapfile -t COMPREPLY < <(compgen -W "$options" -- "$current")
    # Recordings and logs may be named wherever a build may.
    if [[ $verb == show || $previous == --from || ($verb != builders && $verb != builds && $verb != watch && $current != -*) ]]; then
        local files
        mapfile -t files < <(compgen -f -- "$current")
        COMPREPLY+=("${files[@]}")
    fi
}
complete -o filenames -F _layerline layerline
