package org.idem.report.study;

import java.io.IOException;
import java.nio.file.Path;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.idem.array.WholeFile;
import org.idem.report.drawing.Sketch;
import org.idem.report.figure.Table;
import org.idem.table.CsvTable;

/**
 * A numbered figure of the page.
 *
 * @param id fragment of its address
 * @param title heading
 * @param lead what to look at
 * @param parts at least one
 * @param caption what is drawn
 * @param wide whether its pictures take the whole width of the page
 */
record StudyFigure(String id, String title, String lead, List<Part> parts, String caption, boolean wide) {
    StudyFigure {
        parts = List.copyOf(parts);
    }

    /**
     * Pictures of a part of the study.
     *
     * @param words that tell it from other parts, empty if there is one
     * @param pictures at least one
     * @param note what its pictures need beside the caption, may be empty
     */
    record Part(String words, List<Picture> pictures, String note) {
        Part {
            pictures = List.copyOf(pictures);
        }
    }

    /** A figure of one part of the study. */
    static StudyFigure of(
            String id, String title, String words, String lead, List<Picture> pictures, String caption, boolean wide) {
        return new StudyFigure(id, title, lead, List.of(new Part(words, pictures, "")), caption, wide);
    }

    /**
     * One figure of several that show the same of different parts of a study. What all their captions say is the
     * caption; what only some say stands with their parts.
     *
     * @param figures of one part each
     * @return one figure, none if there are none
     */
    static List<StudyFigure> joined(List<StudyFigure> figures) {
        if (figures.size() < 2) {
            return figures;
        }
        StudyFigure first = figures.get(0);
        List<Set<String>> said =
                figures.stream().map(figure -> sentences(figure.caption())).toList();
        Set<String> common = new LinkedHashSet<>(said.get(0));
        said.forEach(common::retainAll);
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < figures.size(); i++) {
            Part part = figures.get(i).parts().get(0);
            Set<String> own = new LinkedHashSet<>(said.get(i));
            own.removeAll(common);
            parts.add(new Part(part.words(), part.pictures(), String.join(" ", own)));
        }
        return List.of(new StudyFigure(first.id, first.title, first.lead, parts, String.join(" ", common), first.wide));
    }

    private static Set<String> sentences(String text) {
        Set<String> sentences = new LinkedHashSet<>();
        BreakIterator ends = BreakIterator.getSentenceInstance(Locale.ROOT);
        ends.setText(text);
        int from = ends.first();
        for (int to = ends.next(); to != BreakIterator.DONE; to = ends.next()) {
            sentences.add(text.substring(from, to).strip());
            from = to;
        }
        return sentences;
    }

    /** Pictures of all parts. */
    List<Picture> pictures() {
        return parts.stream().flatMap(part -> part.pictures().stream()).toList();
    }

    /**
     * One picture with its data.
     *
     * @param name of its files, without an ending
     * @param sketch the picture
     * @param columns names of the data's columns
     * @param rows the data, empty cells where a number does not exist; none if they are too many for a text
     */
    record Picture(String name, Sketch sketch, List<String> columns, List<List<Object>> rows) {
        Picture {
            rows = rows.stream()
                    .map(row -> row.stream().map(Picture::existing).toList())
                    .toList();
        }

        private static Object existing(Object cell) {
            return cell instanceof Double number && Double.isNaN(number) ? "" : cell;
        }

        /** Names of the files that {@link #write} makes. */
        List<String> files() {
            List<String> files = new ArrayList<>(List.of(name + ".svg"));
            if (Sketch.hasFonts()) {
                files.add(name + ".png");
            }
            if (!rows.isEmpty()) {
                files.add(name + ".csv");
            }
            return files;
        }

        /** Writes the picture and its data. */
        void write(Path folder) throws IOException {
            WholeFile.write(folder.resolve(name + ".svg"), sketch.svg());
            if (Sketch.hasFonts()) {
                byte[] png = sketch.png();
                WholeFile.write(folder.resolve(name + ".png"), out -> out.write(png));
            }
            if (!rows.isEmpty()) {
                new CsvTable(columns, rows).write(folder.resolve(name + ".csv"));
            }
        }

        /** The data as the page shows them. */
        Table table() {
            return new Table(name + ".csv", columns, rows);
        }
    }
}
