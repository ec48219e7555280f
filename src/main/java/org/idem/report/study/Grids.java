package org.idem.report.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.idem.array.Array;
import org.idem.laboratory.result.ImageMeasures;

/** What networks make of test images: a row for each network, a column for each image. */
final class Grids {
    private static final int MOST_IMAGES = 12;
    private static final String TITLE = "What networks make of images";

    private Grids() {}

    static List<StudyFigure> of(List<Strand> strands, Layout layout) {
        List<StudyFigure> figures = new ArrayList<>();
        for (Strand strand : strands) {
            figures.add(figure(strand, layout, figures.size() + 1));
        }
        return figures;
    }

    private static StudyFigure figure(Strand strand, Layout layout, int number) {
        Tiles tiles = tiles(strand);
        String title = Layout.titled(TITLE, strand.words());
        StudyFigure.Picture picture = tiles.picture(
                "grid-" + number,
                title + ". The first row has the inputs, each row below what a network returns."
                        + strand.does(
                                "Mean correlation with the identity",
                                Quantity.IDENTITY_CORRELATION::of,
                                layout.numeric()));
        return StudyFigure.of(
                picture.name(),
                TITLE,
                strand.words(),
                "The first row shows what is put in, the rows below what networks return. A row that repeats the first "
                        + "one is the identity; a row of equal images is the constant.",
                List.of(picture),
                strand.said()
                        + " Framed: "
                        + (strand.sameImages()
                                ? "the training image"
                                : "what each network returns for its own training image")
                        + ". Below an image: correlation of the output with the test image"
                        + (anyFlat(strand) ? ", if that is not flat" : "")
                        + ". Black and white are the least "
                        + "and the largest pixel of the training target; pixels beyond look like them."
                        + (tiles.sizes() > 1 ? " Images of other sizes are scaled to their place." : "")
                        + " The first row has the pixels that the identity would return"
                        + (strand.sameImages() ? "." : ", and a dash where networks have images of their own.")
                        + Tiles.dashes(tiles.rows().subList(1, tiles.rows().size()))
                        + (picture.rows().isEmpty()
                                ? " The pixels are too many for a table; the store keeps them."
                                : "")
                        + layout.leftOut(false),
                true);
    }

    private static Tiles tiles(Strand strand) {
        Strand.Member first = strand.members().get(0);
        List<Integer> tests = chosen(first.images().groups());
        List<Tiles.Column> columns = new ArrayList<>();
        columns.add(new Tiles.Column("trained on", "training image"));
        for (int test : tests) {
            columns.add(new Tiles.Column(
                    first.images().groups().get(test), first.images().tests().get(test)));
        }
        Tiles.Levels levels = Tiles.Levels.of(first.target());
        Tiles.Dash own = new Tiles.Dash("networks have images of their own");
        List<Tiles.Cell> inputs = new ArrayList<>();
        inputs.add(strand.sameImages() ? new Tiles.Tile(first.target(), levels, "", true) : own);
        for (int test : tests) {
            inputs.add(
                    shared(strand, first.images().tests().get(test))
                            ? tile(first, "identity-" + test, levels, "")
                            : own);
        }
        List<Tiles.Row> rows = new ArrayList<>();
        rows.add(new Tiles.Row("input", inputs));
        for (Strand.Member member : strand.members()) {
            rows.add(row(
                    strand,
                    member,
                    tests.stream().map(test -> first.images().tests().get(test)).toList()));
        }
        return new Tiles(columns, rows);
    }

    /** Whether all networks were shown the same pixels under this name; moved training images, for one, may differ. */
    private static boolean shared(Strand strand, String test) {
        List<Array> shown = strand.members().stream()
                .map(member -> member.images()
                        .arrays()
                        .get("identity-" + member.images().tests().indexOf(test)))
                .filter(Objects::nonNull)
                .toList();
        return shown.stream()
                .allMatch(one -> !Arrays.equals(one.shape(), shown.get(0).shape()) || one.equals(shown.get(0)));
    }

    private static Tiles.Row row(Strand strand, Strand.Member member, List<String> tests) {
        Tiles.Levels levels = Tiles.Levels.of(member.target());
        List<Tiles.Cell> cells = new ArrayList<>();
        Array growth = member.arrays().get("growth");
        cells.add(
                growth == null
                        ? member.dash()
                        : new Tiles.Tile(
                                Shapes.image(growth.slice(growth.size(0) - 1), member.network()),
                                levels,
                                "",
                                !strand.sameImages()));
        Map<String, ImageMeasures> measures = new LinkedHashMap<>();
        member.network().result().images().forEach(image -> measures.put(image.image(), image));
        for (String test : tests) {
            int index = member.images().tests().indexOf(test);
            ImageMeasures measured = measures.get(test);
            String note = measured == null || isFlat(member, index)
                    ? ""
                    : Tiles.hundredths(measured.measures().identityCorrelation());
            cells.add(
                    index < 0
                            ? new Tiles.Dash("a network was not shown the image")
                            : tile(member, "output-" + index, levels, note));
        }
        String outcome = member.network().measures() == null
                ? ", " + member.network().result().ending()
                : "";
        return new Tiles.Row(member.label() + outcome, cells);
    }

    private static boolean anyFlat(Strand strand) {
        Strand.Member first = strand.members().get(0);
        return chosen(first.images().groups()).stream().anyMatch(test -> isFlat(first, test));
    }

    /** Whether the test image is constant, with which nothing correlates. */
    private static boolean isFlat(Strand.Member member, int test) {
        Array image = test < 0 ? null : member.images().arrays().get("identity-" + test);
        return image != null && Arrays.stream(image.values()).distinct().count() == 1;
    }

    private static Tiles.Cell tile(Strand.Member member, String name, Tiles.Levels levels, String note) {
        Array array = name.startsWith("output-")
                ? member.arrays().get(name)
                : member.images().arrays().get(name);
        return array == null || array.firstNonFinite() >= 0
                ? member.dash()
                : new Tiles.Tile(Shapes.image(array, member.network()), levels, note, false);
    }

    /** Indices of some tests, evenly taken from all groups, in their order. */
    static List<Integer> chosen(List<String> groups) {
        Map<String, Integer> seen = new LinkedHashMap<>();
        int[] rank = new int[groups.size()];
        for (int i = 0; i < rank.length; i++) {
            rank[i] = seen.merge(groups.get(i), 1, Integer::sum);
        }
        return IntStream.range(0, rank.length)
                .boxed()
                .sorted(Comparator.comparingInt(i -> rank[i]))
                .limit(MOST_IMAGES)
                .sorted()
                .toList();
    }
}
