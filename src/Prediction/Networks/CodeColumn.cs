namespace Noah.Prediction.Networks;

/// <summary>A column of codes.</summary>
/// <param name="Table">Whose rows they are.</param>
/// <param name="Position">Its place among the columns of that table.</param>
/// <param name="Count">Of a bag, the number of a row that says how many of its columns are averaged; null: it has one column.</param>
internal readonly record struct CodeColumn(int Table, int Position, int? Count);
