package org.idem.report.study;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.idem.array.Array;
import org.idem.laboratory.StudyResults;
import org.idem.report.figure.InWords;

/**
 * Networks of one seed that differ by the axis across alone, with their images.
 *
 * @param words on the other axes that vary
 * @param seed of all
 * @param members in the order of the axis; some, if they are many
 * @param all how many there are
 */
record Strand(String words, long seed, List<Member> members, int all) {
    private static final int MOST_MEMBERS = 10;

    /**
     * One of the networks.
     *
     * @param label its word
     * @param network the network
     * @param arrays what its run left, empty if outputs are not finite
     * @param images that it was trained and tested on
     */
    record Member(String label, Network network, Map<String, Array> arrays, StudyResults.Images images) {
        /** What stands in the place of an image that the network did not leave. */
        Tiles.Dash dash() {
            return new Tiles.Dash(
                    network.measures() == null
                            ? "a network " + network.result().ending().words()
                            : "the store has no image");
        }

        /** First training target, as an image. */
        Array target() {
            return Shapes.image(images.array("target").slice(0), network);
        }
    }

    /** Strands for pictures. */
    static List<Strand> of(StudyResults results, Layout layout) throws IOException {
        List<Strand> strands = new ArrayList<>();
        for (Layout.Part part : layout.strands()) {
            long seed = part.networks().stream().mapToLong(Network::seed).min().orElseThrow();
            List<String> words = Layout.words(part.networks(), layout.across());
            List<Member> members = new ArrayList<>();
            for (String word : Layout.some(words, MOST_MEMBERS)) {
                Optional<Network> network = part.networks().stream()
                        .filter(one ->
                                one.seed() == seed && one.word(layout.across()).equals(word))
                        .findFirst();
                if (network.isPresent()) {
                    member(results, Layout.said(layout.across(), word), network.get())
                            .ifPresent(members::add);
                }
            }
            if (members.stream().anyMatch(member -> !member.arrays().isEmpty())) {
                strands.add(new Strand(part.words(), seed, List.copyOf(members), words.size()));
            }
        }
        return strands;
    }

    private static Optional<Member> member(StudyResults results, String label, Network network) throws IOException {
        Optional<StudyResults.Images> images =
                results.arrays().images(network.result().digest());
        if (images.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Array> arrays =
                results.arrays().ofRun(network.result().key()).orElse(Map.of());
        return Optional.of(new Member(label, network, arrays, images.get()));
    }

    /** Whether all networks were trained and tested on the same images. */
    boolean sameImages() {
        return members.stream()
                        .map(member -> member.network().result().digest())
                        .distinct()
                        .count()
                == 1;
    }

    /**
     * A number of each network in words.
     *
     * @param quantity what the number is, as a sentence begins
     * @param number of a network; NaN if it has none
     * @param ordered whether the words of the networks are numbers
     * @return goes on after a sentence; says what the numbers do, and how many there are none of
     */
    String does(String quantity, ToDoubleFunction<Network> number, boolean ordered) {
        InWords.Line line = new InWords.Line(
                "",
                members.stream()
                        .map(member -> new InWords.At(member.label(), number.applyAsDouble(member.network())))
                        .toList());
        String does = InWords.does(line, ordered);
        return (does.isEmpty() ? "" : " " + quantity + " " + does + ".") + InWords.missing(line.all());
    }

    /** What captions say of it. */
    String said() {
        return "Networks of seed " + seed + "." + Layout.shown(members.size(), all, "network");
    }
}
