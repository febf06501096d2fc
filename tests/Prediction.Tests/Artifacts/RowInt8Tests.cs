using Noah.Prediction.Artifacts;

namespace Noah.Prediction.Tests.Artifacts;

public sealed class RowInt8Tests
{
    [Fact]
    public void Quantize_OfAnyRow_ReachesBothEndsOfTheByteAndNoFurther()
    {
        var random = new Random(1);
        for (int trial = 0; trial < 2_000; trial++)
        {
            double size = Math.Pow(10, random.Next(-6, 7)), shift = size * random.Next(-3, 4);
            float[] row = [.. Enumerable.Range(0, 2 + random.Next(40)).Select(_ => (float)(shift + size * SyntheticCampaign.Normal(random)))];
            var numbers = new sbyte[row.Length];
            RowInt8.Quantize(row, numbers);
            Assert.Equal(sbyte.MinValue, numbers[Array.IndexOf(row, row.Min())]);
            Assert.Equal(sbyte.MaxValue, numbers[Array.IndexOf(row, row.Max())]);
        }
    }

    [Fact]
    public void Quantize_OfARowWorkedByHand_GivesItsNumbers()
    {
        // Middle (51·128 + 0·127)/255 = 25.6 and scale 51/255 = 0.2, by the formula of seeds: 10.2 is 77 scales below the middle.
        var numbers = new sbyte[3];
        var (middle, scale) = RowInt8.Quantize([0f, 10.2f, 51f], numbers);
        Assert.Equal(25.6f, middle, 5);
        Assert.Equal(0.2f, scale, 6);
        Assert.Equal([-128, -77, 127], numbers);
    }

    [Fact]
    public void Unpack_OfPack_IsWithinHalfAStep()
    {
        var random = new Random(2);
        int[] shape = [30, 7];
        float[] values = [.. Enumerable.Range(0, 210).Select(_ => (float)SyntheticCampaign.Normal(random))];
        byte[] packed = RowInt8.Pack(values, shape);
        Assert.Equal(30 * (8 + 7), packed.Length);
        float[] back = RowInt8.Unpack(packed, shape);
        for (int row = 0; row < 30; row++)
        {
            float[] own = values[(row * 7)..(row * 7 + 7)];
            for (int i = 0; i < 7; i++)
            {
                Assert.InRange(Math.Abs(back[row * 7 + i] - own[i]), 0, (own.Max() - own.Min()) / 255 * 0.501);
            }
        }
    }

    [Fact]
    public void Unpack_OfPack_IsAsCloseAsMinMaxQuantisation()
    {
        // The peer: unsigned bytes from the least value up. Middle-max has the same levels; what it gains is a cast that cannot saturate.
        var random = new Random(3);
        int[] shape = [200, 16];
        float[] values = [.. Enumerable.Range(0, 3200).Select(_ => (float)(0.1 * SyntheticCampaign.Normal(random)))];
        float[] back = RowInt8.Unpack(RowInt8.Pack(values, shape), shape);
        double own = 0, peer = 0;
        for (int row = 0; row < 200; row++)
        {
            float[] numbers = values[(row * 16)..(row * 16 + 16)];
            double least = numbers.Min(), scale = (numbers.Max() - least) / 255;
            for (int i = 0; i < 16; i++)
            {
                own += Math.Pow(back[row * 16 + i] - numbers[i], 2);
                peer += Math.Pow(least + scale * Math.Round((numbers[i] - least) / scale) - numbers[i], 2);
            }
        }
        Assert.Equal(Math.Sqrt(peer / 3200), Math.Sqrt(own / 3200), 1e-3 * Math.Sqrt(peer / 3200));
    }

    [Fact]
    public void Pack_OfAConstantRow_ReadsBackExactly() =>
        Assert.Equal([0.3f, 0.3f, 0f, 0f], RowInt8.Unpack(RowInt8.Pack([0.3f, 0.3f, 0f, 0f], [2, 2]), [2, 2]));
}
