namespace Noah.Api.Features.Members.Contracts;

/// <summary>A declared attribute: what type its values have, and whether they are personal data.</summary>
internal sealed record AttributeSpec(string Name, AttributeType Type, bool Personal);
