namespace Noah.Api.Features.Tenancy.Contracts;

/// <summary>Writes to the audit log within the caller's unit of work: what was not committed did not happen.</summary>
internal interface IAuditLog
{
    /// <summary>Adds an entry; the caller's SaveChanges stores it.</summary>
    void Add(string action, string target, object? details = null);
}
