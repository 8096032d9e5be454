package dev.wane.formats.config;

/** What Ultralytics' {@code optimizer: auto} picks, by the iterations of the run; lr0 and momentum are not read then. */
final class UltralyticsAuto {
    private static final double LONG = 10_000;
    private static final double MOMENTUM = 0.9;

    private UltralyticsAuto() {}

    /** SGD or MuSGD for a long run, by the version; AdamW for a short one. */
    static void choose(Resolution.Builder to, double nominal) {
        double iterations = iterations(to, nominal);
        if (Double.isNaN(iterations)) {
            unknown(to);
            return;
        }
        Origin why = new Origin.Computed("auto, for " + (long) iterations + " iterations");
        if (iterations > LONG) {
            String name = to.defaults().certain("autoLong");
            to.put("optimizer", name, name == null ? new Origin.Unresolved(changed(to)) : why)
                    .put("learningRate", 0.01, why);
        } else {
            to.put("optimizer", to.defaults().quantity("autoShort").value(), why)
                    .put(
                            "learningRate",
                            null,
                            new Origin.Unresolved("auto: 0.002 · 5 / (4 + classes); name an optimizer"));
        }
        to.put("momentum", MOMENTUM, why);
    }

    private static void unknown(Resolution.Builder to) {
        to.put(
                        "optimizer",
                        null,
                        new Origin.Unresolved(
                                "auto takes one for more than 10,000 iterations and else AdamW: --dataset-size N"))
                .put("learningRate", null, new Origin.Unresolved("optimizer: auto picks it; name an optimizer"))
                .put("momentum", MOMENTUM, new Origin.DefaultOf("optimizer: auto"));
    }

    private static String changed(Resolution.Builder to) {
        Quantity newest = to.defaults().quantity("autoLong");
        return "auto takes another by version: " + newest.value() + ", "
                + newest.origin().text().replaceFirst("default of ", "");
    }

    private static double iterations(Resolution.Builder to, double nominal) {
        Double data = to.number("datasetSize");
        Double batch = to.number("microBatchSize");
        Double epochs = to.number("epochs");
        return data == null || batch == null || epochs == null
                ? Double.NaN
                : Math.ceil(data / Math.max(batch, nominal)) * epochs;
    }
}
