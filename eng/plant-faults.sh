#!/usr/bin/env bash
# Proves the nets of the house: plants each fault once in a scratch copy and looks for the error that must catch it.
# Takes some minutes; run it after a change to the rules themselves.
set -uo pipefail
root="$(cd "$(dirname "$0")/.." && pwd)"
copy="$(mktemp -d)"
trap 'rm -rf "$copy"' EXIT
git -C "$root" ls-files -z --cached --others --exclude-standard | tar -C "$root" --null --files-from=- -c | tar -C "$copy" -x
cd "$copy"
git init -q . && git add -A && git -c user.name=nets -c user.email=nets@localhost commit -qm start
failures=0

# catch TITLE EXPECTED COMMAND...: the command must fail and name what is expected; the copy is clean again afterwards.
catch() {
  local title="$1" expected="$2"
  shift 2
  local output
  output="$("$@" 2>&1)"
  local status=$?
  local missing=""
  for word in $expected; do grep -q -- "$word" <<<"$output" || missing="$missing $word"; done
  if [ $status -ne 0 ] && [ -z "$missing" ]; then
    printf 'caught  %-62s %s\n' "$title" "$expected"
  else
    printf 'MISSED  %-62s%s\n' "$title" "$missing"
    grep -E 'error|failed' <<<"$output" | sort -u | head -5
    failures=$((failures + 1))
  fi
  git reset -q --hard && git clean -qfd
}

build() { dotnet build "$1" -v q -p:RestoreLockedMode=false -nodeReuse:false; }
rules() { dotnet build tests/Architecture.Tests -v q -p:RestoreLockedMode=false -nodeReuse:false && dotnet test --project tests/Architecture.Tests --no-build; }
reference() { sed -i "s|</Project>|  <ItemGroup>\n    $2\n  </ItemGroup>\n</Project>|" "$1"; }

reference src/Heuristics/Heuristics.csproj '<ProjectReference Include="../Optimization/Optimization.csproj" />'
catch "an engine references an engine, unused" NOAH001 build src/Heuristics

reference src/Heuristics/Heuristics.csproj '<PackageReference Include="Microsoft.EntityFrameworkCore" />'
catch "an engine references EF Core" NOAH002 build src/Heuristics

reference src/Heuristics/Heuristics.csproj '<FrameworkReference Include="Microsoft.AspNetCore.App" />'
catch "an engine references ASP.NET Core" NOAH003 build src/Heuristics

reference src/Cli/Cli.csproj '<ProjectReference Include="../Api/Api.csproj" />'
catch "the command line references the host" NOAH004 build src/Cli

cat >src/Heuristics/Planted.cs <<'CS'
namespace Noah.Heuristics;

/// <summary>Planted.</summary>
public static class Planted
{
    /// <summary>Planted.</summary>
    public static long Ticks() => DateTimeOffset.UtcNow.Ticks + new Random().Next();
}
CS
catch "an engine reads the clock and draws without a seed" "RS0030 UtcNow Random" build src/Heuristics

cat >src/Heuristics/Planted.cs <<'CS'
using System.Text;

namespace Noah.Heuristics;

class Unsealed { }

/// <summary>Planted.</summary>
public static class Planted
{
    public static int Undocumented() => new Unsealed().GetHashCode();
}
CS
catch "no docs, unsealed, unused using, no modifier" "CS1591 CA1852 IDE0005 IDE0040" build src/Heuristics

cat >src/Api/Features/Segments/Planted.cs <<'CS'
using Noah.Api.Features.Campaigns;

namespace Noah.Api.Features.Segments;

internal static class Planted
{
    internal static async Task<string> ReachAsync() =>
        await Task.Run(() => string.Concat(Enumerable.Range(0, 1).Select(_ => new Campaign { Name = "", Topic = "", Action = "" }.Name)));
}
CS
catch "a feature uses a sibling from inside, in a lambda" Feature_UsesSiblingsThroughContractsOnly rules

cat >src/Api/Platform/Planted.cs <<'CS'
namespace Noah.Api.Platform;

internal static class Planted
{
    internal static Type Reach() => typeof(Noah.Api.Features.Campaigns.Contracts.CampaignTerms);
}
CS
catch "the platform knows a feature" Platform_KnowsNoFeature rules

cat >src/Api/Features/Campaigns/Contracts/Planted.cs <<'CS'
namespace Noah.Api.Features.Campaigns.Contracts;

internal sealed record Planted(Campaign Inside);
CS
catch "a contract shows a feature's inside" Contracts_KnowNoFeatureFromInside rules

printf 'namespace Noah.Api.Platform;\n\npublic static class Planted;\n' >src/Api/Platform/Planted.cs
catch "the host exports a type" Api_ExportsOnlyProgram rules

cat >src/Api/Features/Segments/Planted.cs <<'CS'
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Noah.Api.Features.Segments;

internal sealed class Planted
{
    public Guid Id { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<Planted>
    {
        public void Configure(EntityTypeBuilder<Planted> builder) => builder.ToTable("planted");
    }
}
CS
catch "a table without a tenant" Table_BelongsToATenantInItsKey rules

sed -i 's/^/    /' src/Heuristics/Bidding/BidRule.cs
catch "a file that is not formatted" "WHITESPACE" dotnet format Noah.sln whitespace --verify-no-changes --no-restore --include src/Heuristics/

[ "$failures" -eq 0 ] && echo "Every planted fault was caught." || { echo "$failures planted faults were missed."; exit 1; }
