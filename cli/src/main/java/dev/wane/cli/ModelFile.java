package dev.wane.cli;

import dev.wane.formats.model.ModelReader;
import dev.wane.formats.probe.ProbeReader;
import dev.wane.formats.probe.ProbedModel;
import dev.wane.groups.DecayMap;
import dev.wane.groups.KnownModel;
import dev.wane.groups.TrainerPolicy;
import java.nio.file.Path;

/** What a checkpoint, a list of names or a probe tells of a model. */
final class ModelFile {
    private ModelFile() {}

    /**
     * Reads it.
     *
     * @throws dev.wane.formats.problem.InputException if it cannot be read as a model
     */
    static KnownModel read(Path file) {
        return ProbeReader.is(file)
                ? ProbedModel.of(ProbeReader.read(file))
                : KnownModel.of(DecayMap.of(ModelReader.read(file), TrainerPolicy.DEFAULT));
    }
}
