namespace Noah.Optimization.Programs;

/// <summary>Turns declared measures and rows into those of a program, checking each.</summary>
internal sealed class RowAssembly
{
    private readonly int[] _actions;
    private readonly int _actionCount;
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    public RowAssembly(int[] actions, int actionCount)
    {
        (_actions, _actionCount) = (actions, actionCount);
        var ones = new double[actionCount];
        Array.Fill(ones, 1.0);
        Measures.Add(new Measure("actions", ones));
    }

    public List<Measure> Measures { get; } = [];

    public List<CouplingRow> Rows { get; } = [];

    public void Add(string name, float[]? perEdge, double[]? perAction)
    {
        if (perEdge is not null)
        {
            ProgramValidation.CheckMeasure(name, perEdge);
            Measures.Add(new Measure(name, perEdge));
            return;
        }

        ProgramValidation.CheckMeasure(name, perAction!, _actionCount);
        Measures.Add(new Measure(name, perAction!));
    }

    public void Add(DeclaredRow row)
    {
        if (string.IsNullOrWhiteSpace(row.Name) || !_names.Add(row.Name))
        {
            throw new ArgumentException($"Row {Rows.Count}: name '{row.Name}' is blank or taken.", nameof(row));
        }

        ProgramValidation.CheckBounds(row.Name, row.Lower, row.Upper);
        if (row.Coefficients is { } coefficients)
        {
            ProgramValidation.CheckCoefficients(row.Name, row.Edges, coefficients, _actions.Length);
            AddOwn(row, coefficients);
            return;
        }

        if (row.Measure < 0 || row.Measure >= Measures.Count)
        {
            throw new ArgumentException($"Row '{row.Name}': measure {row.Measure} is outside [0, {Measures.Count}).", nameof(row));
        }

        var actions = row.Actions is { } some ? ProgramValidation.CheckedActions(row.Name, some) : null;
        Rows.Add(new CouplingRow(row.Name, row.Kind, row.Measure, Measures[row.Measure], actions, row.Lower, row.Upper));
    }

    // Coefficients that are the same for all edges of an action need no storage per edge and stay in double precision.
    private void AddOwn(DeclaredRow row, double[] coefficients)
    {
        var dense = row.Edges is { } edges ? Spread(edges, coefficients) : coefficients;
        var perAction = new double[_actionCount];
        Array.Fill(perAction, double.NaN);
        var constant = true;
        for (var edge = 0; edge < dense.Length && constant; edge++)
        {
            ref var known = ref perAction[_actions[edge]];
            known = double.IsNaN(known) ? dense[edge] : known;
            constant = known == dense[edge];
        }

        if (!constant)
        {
            Measures.Add(new Measure(row.Name, Array.ConvertAll(dense, coefficient => (float)coefficient)));
            Rows.Add(new CouplingRow(row.Name, row.Kind, Measures.Count - 1, Measures[^1], null, row.Lower, row.Upper));
            return;
        }

        for (var action = 0; action < _actionCount; action++)
        {
            perAction[action] = double.IsNaN(perAction[action]) ? 0 : perAction[action];
        }

        int[] used = [.. Enumerable.Range(0, _actionCount).Where(action => perAction[action] > 0)];
        var isCount = used.All(action => perAction[action] == 1);
        if (!isCount)
        {
            Measures.Add(new Measure(row.Name, perAction));
        }

        var measure = isCount ? AllocationProgramBuilder.CountMeasure : Measures.Count - 1;
        Rows.Add(new CouplingRow(row.Name, row.Kind, measure, Measures[measure], used.Length == _actionCount ? null : used, row.Lower, row.Upper));
    }

    private double[] Spread(int[] edges, double[] coefficients)
    {
        var dense = new double[_actions.Length];
        for (var i = 0; i < edges.Length; i++)
        {
            dense[edges[i]] = coefficients[i];
        }

        return dense;
    }
}
