package org.idem.laboratory.result;

/**
 * What a theorem says about a measure of a run.
 *
 * @param theorem its identifier
 * @param measure name of the column that it is about
 * @param mean what is predicted, NaN if there is only a range
 * @param low lower end of the range, NaN if there is none
 * @param high upper end, NaN if there is none
 */
public record TheoryRow(String theorem, String measure, double mean, double low, double high) {}
