namespace Noah.Api.Features.Imports;

/// <summary>Why a row was not imported. Messages never repeat the value, which may be personal.</summary>
internal sealed record RowFault(long Line, string? Column, string Code, string Message);
