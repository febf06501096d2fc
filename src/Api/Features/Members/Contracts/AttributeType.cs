namespace Noah.Api.Features.Members.Contracts;

/// <summary>The type of a member attribute. Numbers become numeric model features, text and booleans categorical ones.</summary>
internal enum AttributeType
{
    Number,
    Text,
    Boolean,
    Date,
}
