package org.idem.laboratory.run;

import java.util.Map;
import org.idem.array.Array;
import org.idem.laboratory.result.RunResult;

/**
 * What a run left.
 *
 * @param result outcome and measures
 * @param arrays outputs on the test images, {@code output-0}, {@code output-1}, … of shape (k) or (C, H, W), and those
 *     on the first training image at the steps of {@code growth-steps}, as {@code growth}; where the layers were
 *     measured, what a linear readout of layer l makes of the first measured test image, {@code layer-l-untrained} and
 *     {@code layer-l-trained}, in the shape of an input or its centre; none without measures
 */
public record Trained(RunResult result, Map<String, Array> arrays) {}
