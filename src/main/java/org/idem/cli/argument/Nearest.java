package org.idem.cli.argument;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds the known names that a misspelt one may mean. */
public final class Nearest {
    private static final int MOST_NAMED = 3;

    private Nearest() {}

    /**
     * What a message about an unknown name ends with.
     *
     * @param wrong the unknown name
     * @param known all names
     * @return the nearest known ones in words; empty if none is near
     */
    public static String hint(String wrong, Collection<String> known) {
        List<String> near = of(wrong, known);
        return near.isEmpty() ? "" : "; nearest: " + String.join(", ", near);
    }

    /**
     * The nearest first: names that begin with the word, or need few letters changed. Three at most, and more only if
     * they are as near as the third.
     */
    static List<String> of(String wrong, Collection<String> known) {
        String word = wrong.toLowerCase(Locale.ROOT);
        int most = Math.max(1, Math.min(3, word.length() / 3));
        List<String> near = known.stream()
                .distinct()
                .filter(name -> distance(word, name) <= most
                        || word.length() > 2 && name.toLowerCase(Locale.ROOT).startsWith(word))
                .sorted(Comparator.comparingInt((String name) -> distance(word, name)))
                .toList();
        int named = Math.min(MOST_NAMED, near.size());
        while (named >= MOST_NAMED
                && named < near.size()
                && distance(word, near.get(named)) == distance(word, near.get(named - 1))) {
            named++;
        }
        return near.subList(0, named);
    }

    /** Letters to insert, delete, replace or swap with their neighbour, whatever their case. */
    static int distance(String word, String name) {
        String other = name.toLowerCase(Locale.ROOT);
        int[][] changes = new int[word.length() + 1][other.length() + 1];
        Arrays.setAll(changes[0], i -> i);
        for (int i = 1; i <= word.length(); i++) {
            changes[i][0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int replaced = changes[i - 1][j - 1] + (word.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                changes[i][j] = Math.min(replaced, 1 + Math.min(changes[i - 1][j], changes[i][j - 1]));
                if (i > 1
                        && j > 1
                        && word.charAt(i - 1) == other.charAt(j - 2)
                        && word.charAt(i - 2) == other.charAt(j - 1)) {
                    changes[i][j] = Math.min(changes[i][j], 1 + changes[i - 2][j - 2]);
                }
            }
        }
        return changes[word.length()][other.length()];
    }
}
