package org.idem.laboratory.finding;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Results of findings as JSON, as the schema findings-1.json describes it; a value that is not finite is null. */
public final class FindingsJson {
    private static final int SCHEMA = 1;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private FindingsJson() {}

    /**
     * Writes results.
     *
     * @param results of a run
     * @param firstSeed with which the run began
     * @return an indented object
     */
    public static String write(List<FindingResult> results, long firstSeed) {
        ObjectNode root = NODES.objectNode();
        root.put("schema", SCHEMA);
        root.put("seed", firstSeed);
        ArrayNode findings = root.putArray("findings");
        results.forEach(result -> findings.add(object(result)));
        return root.toPrettyString() + "\n";
    }

    private static ObjectNode object(FindingResult result) {
        Finding finding = result.finding();
        ObjectNode object = NODES.objectNode();
        object.put("id", finding.id());
        object.put("statement", finding.statement());
        object.put("source", finding.source());
        object.put("networks", finding.arguments());
        object.put("event", finding.event().text());
        object.put("share", finding.share());
        object.put("level", Findings.level());
        add(object, result.verdict());
        ArrayNode quantities = object.putArray("quantities");
        finding.quantities().forEach(quantity -> quantities.add(quantity.name()));
        ArrayNode seeds = object.putArray("of_seeds");
        for (FindingResult.Seed seed : result.seeds()) {
            ObjectNode row = seeds.addObject();
            row.put("seed", seed.seed());
            row.put("event", seed.happened());
            ArrayNode values = row.putArray("values");
            for (double value : seed.values()) {
                values.add(Double.isFinite(value) ? NODES.numberNode(value) : NODES.nullNode());
            }
        }
        ArrayNode failed = object.putArray("failed_seeds");
        result.failed().forEach(failed::add);
        ArrayNode variants = object.putArray("false_variants");
        for (FindingResult.Variant variant : result.variants()) {
            ObjectNode row = variants.addObject();
            row.put("text", variant.text());
            row.put("refuted", variant.refuted());
            add(row, variant.verdict());
        }
        return object;
    }

    private static void add(ObjectNode object, FindingVerdict verdict) {
        object.put("verdict", verdict.word());
        object.put("guarantee", verdict.guarantee());
        object.put("events", verdict.events());
        object.put("seeds", verdict.seeds());
    }
}
