namespace Noah.Bench.Instances;

/// <summary>Budgets as shares of what each campaign would spend without any rule.</summary>
internal enum BudgetSize
{
    /// <summary>22 … 88 %, and at most 53 mails for 100 members: the cap and most budgets bind.</summary>
    Normal,

    /// <summary>Around a given share, 15 % and less.</summary>
    Tight,

    /// <summary>52 … 208 % without a cap: about half of the budgets bind.</summary>
    Loose,
}
