package org.idem.laboratory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.idem.array.Digest;
import org.idem.laboratory.plan.Grid;
import org.idem.laboratory.plan.Point;
import org.idem.laboratory.plan.RunLine;
import org.idem.laboratory.plan.Stop;
import org.idem.laboratory.plan.Study;
import org.idem.laboratory.plan.StudyAxes;
import org.idem.laboratory.result.RunResult;

/** Studies as JSON in their stores, so that tables can be made where the images are not at hand. */
final class StudyJson {
    private StudyJson() {}

    static ObjectNode write(Study study) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("network", study.grid().convolutional() ? "cnn" : "fcn");
        ObjectNode axes = object.putObject("axes");
        study.grid().words().forEach((name, words) -> words.forEach(axes.withArray("/" + name)::add));
        ArrayNode zips = object.putArray("zips");
        study.grid().zips().forEach(zip -> zip.forEach(zips.addArray()::add));
        object.put("first_seed", study.firstSeed());
        object.put("seeds", study.seeds());
        object.put("until", study.stop().until());
        object.put("most_steps", study.stop().mostSteps());
        if (study.tests() != null) {
            object.put("test", study.tests());
        }
        return object;
    }

    /** Kind of a plan's networks, fcn or cnn. */
    static String network(JsonNode plan) {
        return plan.get("network").asText();
    }

    /** The named study of the same grid, at whatever scale and with whatever seeds. */
    static Optional<StudyFile> named(JsonNode plan) {
        return StudyFile.names().stream()
                .map(name -> StudyFile.named(name).orElseThrow())
                .filter(file -> isOf(file, false, plan) || isOf(file, true, plan))
                .findFirst();
    }

    private static boolean isOf(StudyFile file, boolean paperScale, JsonNode plan) {
        Study study;
        try {
            study = file.arguments(paperScale).study(file.name());
        } catch (IllegalArgumentException withoutImages) {
            return false; // where the study's images are not at hand, its grid has no words
        }
        return withoutSeeds(write(study)).equals(withoutSeeds(plan));
    }

    /** As text, because a number that was read may be of another type than one that was written. */
    private static String withoutSeeds(JsonNode plan) {
        ObjectNode copy = plan.deepCopy();
        copy.remove(List.of("first_seed", "seeds"));
        return copy.toString();
    }

    /** A hash of the plan, the same on every machine. */
    static String digest(ObjectNode plan) {
        return new Digest().add(plan.toString()).word();
    }

    /**
     * What is there of a plan.
     *
     * @param expected networks of the plan, and those beside it
     * @param rows in the order of the plan, then those that it does not name
     */
    record Found(int expected, List<StudyResults.Row> rows) {}

    static Found found(Optional<JsonNode> plan, Collection<RunResult> results) {
        Map<String, RunResult> byLine = new LinkedHashMap<>();
        results.forEach(result -> byLine.put(result.line(), result));
        List<StudyResults.Row> rows = new ArrayList<>();
        int missing = 0;
        if (plan.isPresent()) {
            int planned = addPlanned(plan.get(), byLine, rows);
            missing = planned - rows.size();
        }
        byLine.values().forEach(result -> {
            RunLine line = RunLine.parse(result.line());
            rows.add(new StudyResults.Row(line.point(), line.seed(), result));
        });
        return new Found(rows.size() + missing, rows);
    }

    /** Moves results from the map to rows, and counts the networks of the plan. */
    private static int addPlanned(JsonNode plan, Map<String, RunResult> byLine, List<StudyResults.Row> rows) {
        Grid grid = grid(plan);
        boolean sized = grid.words().containsKey(StudyAxes.SIZE.name());
        Map<String, String> lines = new HashMap<>();
        byLine.keySet().forEach(line -> lines.putIfAbsent(RunLine.parse(line).effective(sized), line));
        Stop stop =
                new Stop(plan.get("until").asDouble(), plan.get("most_steps").asInt());
        Map<String, RunResult> used = new HashMap<>();
        List<Point> points = grid.points();
        int seeds = plan.get("seeds").asInt();
        for (Point point : points) {
            for (int i = 0; i < seeds; i++) {
                long seed = plan.get("first_seed").asLong() + i;
                String line = lines.get(new RunLine(point, stop, seed).effective(sized));
                RunResult result = line == null ? null : byLine.get(line);
                if (result == null && line != null) {
                    result = used.get(line);
                }
                if (result != null) {
                    used.put(line, result);
                    byLine.remove(line);
                    Point full = RunLine.parse(result.line()).point().over(point);
                    rows.add(new StudyResults.Row(full, seed, result));
                }
            }
        }
        return points.size() * seeds;
    }

    private static Grid grid(JsonNode plan) {
        Map<String, List<String>> axes = new LinkedHashMap<>();
        plan.get("axes").properties().forEach(entry -> axes.put(entry.getKey(), words(entry.getValue())));
        List<List<String>> zips = new ArrayList<>();
        plan.get("zips").forEach(zip -> zips.add(words(zip)));
        return new Grid(network(plan).equals("cnn"), axes, zips);
    }

    private static List<String> words(JsonNode array) {
        List<String> words = new ArrayList<>();
        array.forEach(word -> words.add(word.asText()));
        return words;
    }
}
