namespace Noah.Prediction.Networks;

/// <summary>A column of codes, and where what it looks up goes.</summary>
/// <param name="Table">Whose rows they are.</param>
/// <param name="Position">Its place among the columns of that table.</param>
/// <param name="Count">Of a bag, the number of a row that says how many of its columns are averaged; null: it has one column.</param>
/// <param name="Size">Rows of the table: codes are in [0, size).</param>
/// <param name="Width">Numbers of such a row.</param>
/// <param name="Target">Where in the network's input they begin; the tables of one feature share a place.</param>
/// <param name="IsAdded">Whether they are added to what an earlier column brought there.</param>
internal readonly record struct CodeColumn(int Table, int Position, int? Count, int Size, int Width, int Target, bool IsAdded);
