namespace Noah.Api.Platform.Persistence;

/// <summary>A row that belongs to a tenant. The context fills in the tenant of its scope when the row is added.</summary>
internal interface ITenantOwned
{
    Guid TenantId { get; set; }
}

/// <summary>A row with a version that each change raises by one: the strong ETag of its resource.</summary>
internal interface IVersioned
{
    int Version { get; set; }
}
