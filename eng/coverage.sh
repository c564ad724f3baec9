#!/usr/bin/env bash
# Coverage of analyzers, fixes and library by the tests: a summary on the screen, the whole report in artifacts/coverage.
set -euo pipefail
cd "$(dirname "$0")/.."

dotnet tool restore
rm -rf artifacts/coverage
for project in ContextVars.Tests Analyzers.Tests; do
  # What collects coverage is built into the assemblies meanwhile, and is just what these contracts forbid.
  dotnet test --project "tests/$project" --filter-not-class '*SecurityContracts' --results-directory "artifacts/coverage/$project" \
    --coverage --coverage-output-format cobertura --coverage-output coverage.xml
done

dotnet reportgenerator -reports:'artifacts/coverage/*/coverage.xml' -targetdir:artifacts/coverage/report \
  -assemblyfilters:'+ContextAnalyzers;+ContextAnalyzers.CodeFixes;+ContextVars' -filefilters:'-*/obj/*' \
  -reporttypes:'TextSummary;HtmlInline'
cat artifacts/coverage/report/Summary.txt
