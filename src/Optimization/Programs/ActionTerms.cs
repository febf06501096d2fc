namespace Noah.Optimization.Programs;

/// <summary>For each action the coupling rows that it counts in: the transpose of the rows, in compressed form.</summary>
internal sealed class ActionTerms
{
    private readonly int[] _start;
    private readonly int[] _rows;

    public ActionTerms(int actions, CouplingRow[] rows)
    {
        _start = new int[actions + 1];
        Visit(rows, actions, (action, _) => _start[action + 1]++);
        for (var action = 0; action < actions; action++)
        {
            _start[action + 1] += _start[action];
        }

        _rows = new int[_start[actions]];
        var at = _start[..^1];
        Visit(rows, actions, (action, row) => _rows[at[action]++] = row);
    }

    /// <summary>Rows of an action, ascending.</summary>
    public ReadOnlySpan<int> RowsOf(int action) => _rows.AsSpan(_start[action], _start[action + 1] - _start[action]);

    private static void Visit(CouplingRow[] rows, int actions, Action<int, int> visit)
    {
        for (var r = 0; r < rows.Length; r++)
        {
            if (rows[r].CoversAll)
            {
                for (var action = 0; action < actions; action++)
                {
                    visit(action, r);
                }

                continue;
            }

            foreach (var action in rows[r].Actions)
            {
                if (action < actions)
                {
                    visit(action, r);
                }
            }
        }
    }
}
