package org.idem.laboratory.result;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Results as JSON, every number to the last bit; what is not finite is a word. */
public final class ResultJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private ResultJson() {}

    /**
     * Writes a result.
     *
     * @param result any
     * @return an object that {@link #read} understands
     */
    public static ObjectNode write(RunResult result) {
        ObjectNode object = NODES.objectNode();
        object.put("run", result.line());
        object.put("digest", result.digest());
        object.put("outcome", result.ending().toString());
        if (result.remark() != null) {
            object.put("remark", result.remark());
        }
        object.put("steps", result.steps());
        object.set("train_error", number(result.trainError()));
        object.set("seconds", number(result.seconds()));
        ArrayNode images = object.putArray("images");
        for (ImageMeasures image : result.images()) {
            ArrayNode row = images.addArray().add(image.image()).add(image.group());
            add(row, image.measures().values());
        }
        ArrayNode progress = object.putArray("progress");
        for (StepMeasures at : result.progress()) {
            ArrayNode row = progress.addArray().add(at.step()).add(number(at.trainError()));
            add(row, at.measures().values());
        }
        ArrayNode layers = object.putArray("layers");
        for (LayerMeasures layer : result.layers()) {
            ArrayNode row =
                    layers.addArray().add(layer.layer()).add(layer.image()).add(layer.trained());
            add(row, layer.inputError(), layer.targetError(), layer.borderDistance());
        }
        ArrayNode theory = object.putArray("theory");
        for (TheoryRow said : result.theory()) {
            ArrayNode row = theory.addArray().add(said.theorem()).add(said.measure());
            add(row, said.mean(), said.low(), said.high());
        }
        return object;
    }

    /**
     * Reads a result.
     *
     * @param key of the run
     * @param object that {@link #write} made
     * @return the result
     */
    public static RunResult read(String key, JsonNode object) {
        JsonNode remark = object.get("remark");
        return new RunResult(
                key,
                object.get("run").asText(),
                object.get("digest").asText(),
                Ending.of(object.get("outcome").asText()),
                remark == null ? null : remark.asText(),
                object.get("steps").asInt(),
                number(object.get("train_error")),
                number(object.get("seconds")),
                rows(
                        object,
                        "images",
                        row -> new ImageMeasures(
                                row.get(0).asText(), row.get(1).asText(), Measures.of(numbers(row, 2)))),
                rows(
                        object,
                        "progress",
                        row -> new StepMeasures(row.get(0).asInt(), number(row.get(1)), Measures.of(numbers(row, 2)))),
                rows(
                        object,
                        "layers",
                        row -> new LayerMeasures(
                                row.get(0).asInt(),
                                row.get(1).asText(),
                                row.get(2).asBoolean(),
                                number(row.get(3)),
                                number(row.get(4)),
                                number(row.get(5)))),
                rows(
                        object,
                        "theory",
                        row -> new TheoryRow(
                                row.get(0).asText(),
                                row.get(1).asText(),
                                number(row.get(2)),
                                number(row.get(3)),
                                number(row.get(4)))));
    }

    private static <T> List<T> rows(JsonNode object, String name, Function<JsonNode, T> reader) {
        List<T> rows = new ArrayList<>();
        object.get(name).forEach(row -> rows.add(reader.apply(row)));
        return rows;
    }

    private static void add(ArrayNode row, double... values) {
        for (double value : values) {
            row.add(number(value));
        }
    }

    /** JSON has no word for what is not finite. */
    private static JsonNode number(double value) {
        if (Double.isNaN(value)) {
            return NODES.nullNode();
        }
        return Double.isInfinite(value) ? NODES.textNode(String.valueOf(value)) : NODES.numberNode(value);
    }

    private static double number(JsonNode node) {
        if (node.isNull()) {
            return Double.NaN;
        }
        return node.isTextual() ? Double.parseDouble(node.asText()) : node.asDouble();
    }

    private static double[] numbers(JsonNode row, int from) {
        double[] numbers = new double[row.size() - from];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number(row.get(from + i));
        }
        return numbers;
    }
}
