namespace Noah.Bench;

/// <summary>The studies of this assembly by name, found by their interface so that a new one is one new file.</summary>
internal static class StudyRegistry
{
    public static IReadOnlyList<IStudy> All { get; } =
    [
        .. typeof(StudyRegistry).Assembly.GetTypes()
            .Where(type => type is { IsAbstract: false, IsInterface: false } && type.IsAssignableTo(typeof(IStudy)))
            .Select(type => (IStudy)Activator.CreateInstance(type)!)
            .OrderBy(study => study.Name, StringComparer.Ordinal),
    ];
}
