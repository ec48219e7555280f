package org.idem.report.study;

import java.util.ArrayList;
import java.util.List;
import org.idem.array.Array;
import org.idem.report.figure.Numbers;

/** How the answer to the training image grows, step by step. */
final class Growth {
    private static final int MOST_STEPS = 11;
    private static final String TITLE = "How the training image grows";

    private Growth() {}

    static List<StudyFigure> of(List<Strand> strands, Layout layout) {
        List<StudyFigure> figures = new ArrayList<>();
        for (Strand strand : strands) {
            figures.add(figure(strand, layout, figures.size() + 1));
        }
        return figures;
    }

    private static StudyFigure figure(Strand strand, Layout layout, int number) {
        List<Integer> all = strand.members().stream()
                .flatMap(member ->
                        looks(member).subList(0, Math.max(0, looks(member).size() - 1)).stream())
                .distinct()
                .sorted()
                .toList();
        List<Integer> steps = Layout.some(all, MOST_STEPS);
        List<Tiles.Column> columns = new ArrayList<>();
        for (int step : steps) {
            columns.add(new Tiles.Column("steps", Numbers.whole(step)));
        }
        columns.add(new Tiles.Column("end", "last step"));
        columns.add(new Tiles.Column("asked for", "target"));
        List<Tiles.Row> rows =
                strand.members().stream().map(member -> row(member, steps)).toList();
        String title = Layout.titled(TITLE, strand.words());
        StudyFigure.Picture picture =
                new Tiles(columns, rows).picture("growth-" + number, alternative(title, strand, layout));
        return StudyFigure.of(
                picture.name(),
                TITLE,
                strand.words(),
                "What networks answer to the training image on their way. Padding is what tells a convolutional "
                        + "network where the border is; look whether the answer grows from there.",
                List.of(picture),
                strand.said()
                        + " Number of steps above each column, that of the last step below its image. Framed: the training target. Black and "
                        + "white are its least and largest pixel; pixels beyond look like them."
                        + Tiles.dashes(rows)
                        + layout.leftOut(false),
                true);
    }

    private static String alternative(String title, Strand strand, Layout layout) {
        return title + ". Each row has a network's answers to its training image, from the first steps to the last."
                + strand.does(
                        "At the end the training error, relative to the targets,",
                        network -> network.measures() == null
                                ? Double.NaN
                                : network.result().trainError(),
                        layout.numeric());
    }

    private static Tiles.Row row(Strand.Member member, List<Integer> steps) {
        Tiles.Levels levels = Tiles.Levels.of(member.target());
        List<Integer> looks = looks(member);
        int last = looks.size() - 1;
        List<Tiles.Cell> cells = new ArrayList<>();
        for (int step : steps) {
            int look = looks.indexOf(step);
            cells.add(
                    last < 0
                            ? member.dash()
                            : look < 0 || look == last
                                    ? new Tiles.Dash("training had ended")
                                    : tile(member, look, levels, ""));
        }
        cells.add(last < 0 ? member.dash() : tile(member, last, levels, Numbers.whole(looks.get(last))));
        cells.add(new Tiles.Tile(member.target(), levels, "", true));
        return new Tiles.Row(member.label(), cells);
    }

    /** Steps at which a network was looked at, the last one at the end. */
    private static List<Integer> looks(Strand.Member member) {
        List<Integer> looks = new ArrayList<>();
        Array steps = member.arrays().get("growth-steps");
        if (steps != null) {
            for (double step : steps.values()) {
                looks.add((int) step);
            }
        }
        return looks;
    }

    private static Tiles.Cell tile(Strand.Member member, int look, Tiles.Levels levels, String note) {
        Array growth = member.arrays().get("growth");
        if (growth == null) {
            return member.dash();
        }
        Array image = growth.slice(look);
        return image.firstNonFinite() >= 0
                ? new Tiles.Dash("an answer is not finite")
                : new Tiles.Tile(Shapes.image(image, member.network()), levels, note, false);
    }
}
