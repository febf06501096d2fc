namespace Noah.Bench;

/// <summary>
/// One claim and how it is measured. A study is a class in <c>Studies/</c> with a constructor without parameters; nothing else registers it.
/// Times are figures only, as ratios to a named peer measured in the same run; targets stand on quality, ratios and bytes.
/// </summary>
internal interface IStudy
{
    /// <summary>Name on the command line, in kebab case.</summary>
    string Name { get; }

    /// <summary>The claim in one sentence, with the peer it is measured against.</summary>
    string Claim { get; }

    IReadOnlyList<StudyParameter> Parameters { get; }

    StudyResult Run(StudyParameters parameters);
}
