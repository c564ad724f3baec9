#!/usr/bin/env bash
# Mutation testing of a random sample of the rules or the fixes; all of them with all tests take more than a day.
#   eng/mutation-sample.sh Analyzers|CodeFixes [PIECES] [SEED]
# A piece is 15 lines. The same source and seed give the same sample. The descriptors are left out: the runner tests many mutants in one
# process, where a descriptor that could not be made is missing for all that come after.
set -euo pipefail
cd "$(dirname "$0")/.."
source=src/$1
pieces=${2:-30}
seed=${3:-0}

# In the order of a hash of each piece and the seed, which favours none of them; shuf does when it is given few random bytes.
sample=$(find "$source" -name '*.cs' ! -name Descriptors.cs | sort | xargs awk '
    FNR == 1 { position = 0 }
    FNR % 15 == 1 { start[++n] = position; file[n] = FILENAME }
    { position += length($0) + 1; end[n] = position }
    END { for (i = 1; i <= n; i++) print file[i] "{" start[i] ".." end[i] "}" }' |
    LC_ALL=C sort --random-sort --random-source=<(yes "$seed") | awk -v n="$pieces" 'NR <= n')

# The runner does not stop a mutant's tests at the first that fails, so the tests do.
export StopOnFail=true
[[ $1 != Analyzers ]] || export RuleTestsOnly=true
# A mutant may collect without end: it shall fail before the machine does.
export DOTNET_GCHeapHardLimit=0x100000000

dotnet tool restore
cd tests/Analyzers.Tests
# shellcheck disable=SC2046 # Two words for each piece.
dotnet stryker --project "$(basename ../../"$source"/*.csproj)" $(sed 's|^|-m **/|' <<< "$sample")
