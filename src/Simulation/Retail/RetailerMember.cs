namespace Noah.Simulation.Retail;

/// <summary>A customer of the simulated retailer.</summary>
/// <param name="ExternalId">The retailer's own id, such as <c>sim-000001</c>; unique.</param>
/// <param name="Email">Address under <c>.invalid</c> (RFC 2606), so that no mail can ever reach a person; unique.</param>
/// <param name="TimeZone">IANA time zone.</param>
/// <param name="EmailConsent">
/// Consent to marketing by e-mail as of today. The past campaign mailed regardless of it: those without consent have withdrawn since.
/// </param>
/// <param name="Attributes">What the retailer knows before the campaign.</param>
public sealed record RetailerMember(
    string ExternalId,
    string Email,
    string TimeZone,
    bool EmailConsent,
    CustomerAttributes Attributes);
