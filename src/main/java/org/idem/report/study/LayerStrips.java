package org.idem.report.study;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.idem.array.Array;
import org.idem.laboratory.result.LayerMeasures;
import org.idem.report.figure.InWords;

/** What a linear readout of each layer gives back of one test image: a strip of images for each network. */
final class LayerStrips {
    private static final int MOST_LAYERS = 12;
    /** Each network has two rows; those of more networks would not fit a printed page. */
    private static final int MOST_NETWORKS = 6;

    private static final String TITLE = "What is left of an image, layer by layer";

    private LayerStrips() {}

    static List<StudyFigure> of(List<Strand> strands, Layout layout) {
        List<StudyFigure> figures = new ArrayList<>();
        for (Strand all : strands) {
            Strand strand = new Strand(all.words(), all.seed(), Layout.some(all.members(), MOST_NETWORKS), all.all());
            int depth =
                    strand.members().stream().mapToInt(LayerStrips::depth).max().orElse(0);
            if (depth > 1) {
                figures.add(figure(strand, layout, depth, figures.size() + 1));
            }
        }
        return figures;
    }

    /** Layers of which readouts were kept. */
    private static int depth(Strand.Member member) {
        int depth = 0;
        while (member.arrays().containsKey(name(depth + 1, true))) {
            depth++;
        }
        return depth;
    }

    /** What readouts of the layers gave back before training. */
    private static List<Array> untrained(Strand.Member member) {
        return IntStream.rangeClosed(1, depth(member))
                .mapToObj(layer -> member.arrays().get(name(layer, false)))
                .toList();
    }

    private static String name(int layer, boolean trained) {
        return "layer-" + layer + (trained ? "-trained" : "-untrained");
    }

    private static StudyFigure figure(Strand strand, Layout layout, int depth, int number) {
        List<Integer> layers =
                Layout.some(IntStream.rangeClosed(1, depth).boxed().toList(), MOST_LAYERS);
        List<Tiles.Column> columns = new ArrayList<>();
        columns.add(new Tiles.Column("seen", "input"));
        for (int layer : layers) {
            columns.add(new Tiles.Column("read off layer", String.valueOf(layer)));
        }
        List<Tiles.Row> rows = new ArrayList<>();
        for (Strand.Member member : strand.members()) {
            if (depth(member) > 0) {
                rows.add(row(member, layers, false));
                rows.add(row(member, layers, true));
            }
        }
        String title = Layout.titled(TITLE, strand.words());
        StudyFigure.Picture picture = new Tiles(columns, rows).picture("strips-" + number, alternative(title, strand));
        return StudyFigure.of(
                picture.name(),
                TITLE,
                strand.words(),
                "Where a strip stays like its input, a linear map of the layer still knows the image; where it turns grey or "
                        + "into another image, the layer has lost it.",
                List.of(picture),
                strand.said()
                        + " Framed: the image that was put in. Each other image is what a linear readout, fitted on other images, makes of a layer's outputs. Below it: "
                        + "what it misses, relative to the square of the input. Black and white are the least and largest "
                        + "pixel of the input; pixels beyond look like them."
                        + Tiles.dashes(rows)
                        + layout.alike(
                                "untrained rows",
                                "are alike",
                                strand.members().stream()
                                        .map(LayerStrips::untrained)
                                        .filter(layersOfOne -> !layersOfOne.isEmpty())
                                        .toList())
                        + (layers.size() < depth
                                ? " Columns are " + layers.size() + " of the " + depth + " layers."
                                : "")
                        + layout.leftOut(false),
                true);
    }

    private static String alternative(String title, Strand strand) {
        List<InWords.Line> lines = strand.members().stream()
                .map(member -> new InWords.Line(
                        member.label(),
                        member.network().result().layers().stream()
                                .filter(row -> row.trained() && row.image().equals(image(member)))
                                .map(row -> new InWords.At("layer " + row.layer(), row.inputError()))
                                .toList()))
                .toList();
        return title + ". Each row has the input and what readouts of a network's layers make of it; numbers are what"
                + " readouts of trained layers miss, relative to the square of the input."
                + InWords.sentence(lines, true);
    }

    private static Tiles.Row row(Strand.Member member, List<Integer> layers, boolean trained) {
        String image = image(member);
        int index = member.images().tests().indexOf(image);
        Array input = index < 0 ? null : member.images().arrays().get("identity-" + index);
        Tiles.Levels levels = Tiles.Levels.of(input == null ? member.target() : input);
        List<Tiles.Cell> cells = new ArrayList<>();
        cells.add(
                input == null
                        ? member.dash()
                        : new Tiles.Tile(Shapes.image(input, member.network()), levels, "", true));
        for (int layer : layers) {
            Array read = member.arrays().get(name(layer, trained));
            cells.add(
                    read == null
                            ? new Tiles.Dash("a network has no such layer")
                            : read.firstNonFinite() >= 0
                                    ? new Tiles.Dash("what is read off a layer is not finite")
                                    : new Tiles.Tile(
                                            Shapes.image(read, member.network()),
                                            levels,
                                            missed(member, layer, trained, image),
                                            false));
        }
        return new Tiles.Row(member.label() + (trained ? ", trained" : ", untrained"), cells);
    }

    /** Name of the image that layers were measured on first. */
    private static String image(Strand.Member member) {
        return member.network().result().layers().stream()
                .map(LayerMeasures::image)
                .findFirst()
                .orElse("");
    }

    private static String missed(Strand.Member member, int layer, boolean trained, String image) {
        return member.network().result().layers().stream()
                .filter(row -> row.layer() == layer
                        && row.trained() == trained
                        && row.image().equals(image)
                        && Double.isFinite(row.inputError()))
                .map(row -> Tiles.hundredths(row.inputError()))
                .findFirst()
                .orElse("");
    }
}
