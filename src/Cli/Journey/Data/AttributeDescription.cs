namespace Noah.Cli.Journey.Data;

/// <summary>One typed attribute of a member.</summary>
/// <param name="Name">Name: the column in the members' file.</param>
/// <param name="Type">integer, number, boolean or string.</param>
/// <param name="Description">Meaning and unit.</param>
internal sealed record AttributeDescription(string Name, string Type, string Description);
