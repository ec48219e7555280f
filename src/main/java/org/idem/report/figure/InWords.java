package org.idem.report.figure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.idem.wording.Count;

/** What the numbers of a picture show, in words for those who cannot see it. */
public final class InWords {
    /** More lines than this are not described one by one. */
    private static final int MOST_LINES = 3;

    private InWords() {}

    /**
     * A number of a picture.
     *
     * @param place where it stands, for instance "depth 3"
     * @param value any; what is not a number is not spoken of
     */
    public record At(String place, double value) {
        private String shown() {
            return Numbers.brief(value);
        }

        private boolean looksLike(At other) {
            return shown().equals(other.shown());
        }
    }

    /**
     * A line of a picture.
     *
     * @param name for instance "kernel 5"; empty if it needs none
     * @param all points from left to right; those that are not numbers count as missing
     */
    public record Line(String name, List<At> all) {
        /** Copies the list. */
        public Line {
            all = List.copyOf(all);
        }

        /**
         * A line whose places are numbered.
         *
         * @param name as above
         * @param place what is numbered from 0, for instance "step"
         * @param values at place 0, 1 and so on
         * @return the line
         */
        static Line numbered(String name, String place, List<Double> values) {
            List<At> all = new ArrayList<>();
            for (double value : values) {
                all.add(new At(place + " " + all.size(), value));
            }
            return new Line(name, all);
        }

        /**
         * The points that exist.
         *
         * @return from left to right
         */
        public List<At> points() {
            return all.stream().filter(at -> !Double.isNaN(at.value())).toList();
        }
    }

    /**
     * What one line does.
     *
     * @param line of any number of points
     * @param ordered whether its places are ordered, as those of numbers are
     * @return goes on after the name of a quantity, for instance "falls from 0.97 at depth 3 to 0.33 at depth 14";
     *     empty if the line has no point
     */
    public static String does(Line line, boolean ordered) {
        List<At> points = line.points();
        if (points.isEmpty()) {
            return "";
        }
        At first = points.get(0);
        At last = points.get(points.size() - 1);
        if (points.stream().allMatch(first::looksLike)) {
            return "is " + first.shown()
                    + (points.size() == 1
                            ? " at " + first.place()
                            : ordered ? " from " + first.place() + " to " + last.place() : " everywhere");
        }
        if (!ordered) {
            return spread(points);
        }
        String ends = " from " + first.shown() + " at " + first.place() + " to " + last.shown() + " at " + last.place();
        int direction = direction(points);
        return direction < 0 ? "falls" + ends : direction > 0 ? "rises" + ends : "goes" + ends + between(points);
    }

    /**
     * What all lines do.
     *
     * @param lines any
     * @param ordered whether their places are ordered
     * @return goes on after a sentence that names the quantity; empty if no line has a point
     */
    public static String sentence(List<Line> lines, boolean ordered) {
        List<Line> drawn =
                lines.stream().filter(line -> !line.points().isEmpty()).toList();
        if (drawn.isEmpty()) {
            return "";
        }
        if (drawn.size() > MOST_LINES) {
            return (ordered ? counts(drawn) : "") + range(all(lines));
        }
        List<String> words = new ArrayList<>();
        for (Line line : drawn) {
            String subject = words.isEmpty() ? " It " : "it ";
            words.add((line.name().isEmpty() ? subject : (words.isEmpty() ? " For " : "for ") + line.name() + " it ")
                    + does(line, ordered));
        }
        return String.join("; ", words) + "." + missing(all(lines));
    }

    /**
     * The least and the greatest number, and how many are missing.
     *
     * @param points any
     * @return goes on after a sentence that names the quantity; empty if there are none
     */
    public static String range(List<At> points) {
        String words = does(new Line("", points), false);
        return (words.isEmpty() ? "" : " It " + words + ".") + missing(points);
    }

    /**
     * Counts values that do not exist.
     *
     * @param points any
     * @return goes on after a sentence; empty if none is missing
     */
    public static String missing(List<At> points) {
        long missing = points.stream().filter(at -> Double.isNaN(at.value())).count();
        return missing == 0 ? "" : " " + Count.part(missing, points.size(), "place", "has", "have") + " no value.";
    }

    private static List<At> all(List<Line> lines) {
        return lines.stream()
                .flatMap(line -> line.all().stream()
                        .map(at -> new At(
                                line.name().isEmpty() ? at.place() : line.name() + ", " + at.place(), at.value())))
                .toList();
    }

    private static String spread(List<At> points) {
        At least = least(points);
        At greatest = greatest(points);
        return "lies between " + least.shown() + " (" + least.place() + ") and " + greatest.shown() + " ("
                + greatest.place() + ")";
    }

    private static At least(List<At> points) {
        return points.stream().min(Comparator.comparingDouble(At::value)).orElseThrow();
    }

    private static At greatest(List<At> points) {
        return points.stream().max(Comparator.comparingDouble(At::value)).orElseThrow();
    }

    /** 1 if no number is smaller than the one before it, −1 if none is larger, 0 if some are or if all are equal. */
    private static int direction(List<At> points) {
        boolean up = false;
        boolean down = false;
        for (int i = 1; i < points.size(); i++) {
            up |= points.get(i).value() > points.get(i - 1).value();
            down |= points.get(i).value() < points.get(i - 1).value();
        }
        return up == down ? 0 : up ? 1 : -1;
    }

    /** Numbers that lie beyond both ends of a line. */
    private static String between(List<At> points) {
        At first = points.get(0);
        At last = points.get(points.size() - 1);
        List<String> words = new ArrayList<>();
        At least = least(points);
        if (least.value() < Math.min(first.value(), last.value())
                && !least.looksLike(first)
                && !least.looksLike(last)) {
            words.add("its least is " + least.shown() + " at " + least.place());
        }
        At greatest = greatest(points);
        if (greatest.value() > Math.max(first.value(), last.value())
                && !greatest.looksLike(first)
                && !greatest.looksLike(last)) {
            words.add("its greatest is " + greatest.shown() + " at " + greatest.place());
        }
        return words.isEmpty() ? "" : ", and " + String.join(", ", words);
    }

    /** Says how many lines only fall or only rise; empty if none does. */
    private static String counts(List<Line> lines) {
        List<String> words = new ArrayList<>();
        for (int direction : new int[] {-1, 1}) {
            long count = lines.stream()
                    .filter(line -> direction(line.points()) == direction)
                    .count();
            if (count > 0) {
                words.add(count
                        + (direction < 0
                                ? Count.word(count, " falls", " fall")
                                : Count.word(count, " rises", " rise")));
            }
        }
        return words.isEmpty()
                ? ""
                : " Of " + lines.size() + " lines, " + String.join(" and ", words) + " from end to end.";
    }
}
