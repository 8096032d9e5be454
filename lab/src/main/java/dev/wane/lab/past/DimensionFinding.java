package dev.wane.lab.past;

/**
 * Whether a dimension of the sweep did anything that the timescale does not explain.
 *
 * @param name as the runs call it
 * @param levels how many values, or groups of values, were compared
 * @param range between the best and the worst level beside all that is taken out, in the figure's own unit
 * @param pValue that levels without any effect would differ as much
 * @param standsOut whether that is below 5 % after Holm's correction over all dimensions
 */
public record DimensionFinding(String name, int levels, double range, double pValue, boolean standsOut) {
    DimensionFinding judged(boolean sure) {
        return new DimensionFinding(name, levels, range, pValue, sure);
    }
}
