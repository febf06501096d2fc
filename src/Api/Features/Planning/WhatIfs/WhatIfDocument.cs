using Noah.Api.Features.Planning.Plans;
using Noah.Api.Platform.Http;

namespace Noah.Api.Features.Planning.WhatIfs;

/// <summary>What other bounds would come to, beside the plan as it was solved.</summary>
/// <param name="Summary">The answer in sentences.</param>
/// <param name="Plan">As solved.</param>
/// <param name="WhatIf">Under the other bounds.</param>
/// <param name="Change">The second minus the first.</param>
/// <param name="Campaigns">Sends of each campaign in both.</param>
/// <param name="Constraints">Each rule under the other bounds, its use and its price.</param>
/// <param name="Certificate">How far the answer can be from the best plan under those bounds.</param>
/// <param name="Effort">What it took.</param>
internal sealed record WhatIfDocument(
    IReadOnlyList<string> Summary,
    WhatIfFigures Plan,
    WhatIfFigures WhatIf,
    WhatIfFigures Change,
    IReadOnlyList<WhatIfCampaign> Campaigns,
    IReadOnlyList<ConstraintView> Constraints,
    CertificateView Certificate,
    WhatIfEffort Effort);

/// <summary>Expected incremental value after cost, actions, and their expected cost.</summary>
internal sealed record WhatIfFigures(Money Value, int Sends, Money Cost);

internal sealed record WhatIfCampaign(string Campaign, string DisplayName, int Sends, int SendsBefore);

/// <summary>Passes over all members, 0 where they were few enough to be solved at once, and wall time.</summary>
internal sealed record WhatIfEffort(int Passes, long Milliseconds);
