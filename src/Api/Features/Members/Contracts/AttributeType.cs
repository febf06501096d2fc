namespace Noah.Api.Features.Members.Contracts;

/// <summary>
/// The type of a member attribute. Numbers become numeric model features, text and booleans categorical ones; dates become two, a number of days and a
/// day of the year, whose end meets its beginning; sets of names are features of their own kind.
/// </summary>
internal enum AttributeType
{
    Number,
    Text,
    Boolean,
    Date,

    /// <summary>Any number of texts, as the categories bought from.</summary>
    Names,
}
