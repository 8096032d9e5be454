package dev.wane.formats.diff;

import dev.wane.formats.model.TorchCheckpoint;
import dev.wane.formats.tree.TreeReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A folder that a trainer saved: the optimizer's state, its own or DeepSpeed's, and what the trainer knew of its run. */
final class CheckpointFolder {
    private static final String TRAINER = "trainer_state.json";
    /** The scheduler's state knows the peaks where no optimizer's state is there. */
    private static final List<String> STATES = List.of("optimizer.pt", "optimizer.bin", "scheduler.pt");

    private static final String OF_DEEPSPEED = "optim_states.pt";

    private CheckpointFolder() {}

    static boolean is(Path folder) {
        return Files.isDirectory(folder)
                && (Files.isRegularFile(folder.resolve(TRAINER))
                        || state(folder).isPresent());
    }

    /**
     * What they say together.
     *
     * @throws dev.wane.formats.problem.InputException if one of them cannot be read or followed
     */
    static RunSettings read(Path folder) {
        Path trainer = folder.resolve(TRAINER);
        Optional<RunSettings> optimizer = state(folder).map(OptimizerState::read);
        if (!Files.isRegularFile(trainer)) {
            return optimizer.orElseThrow();
        }
        RunSettings run = TrainerState.read(trainer.toString(), TreeReader.mapping(trainer));
        return optimizer.map(groups -> groups.ofRun(run)).orElse(run);
    }

    private static Optional<Path> state(Path folder) {
        return STATES.stream()
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .findFirst()
                .or(() -> ofDeepSpeed(folder));
    }

    /** Of the parts of an optimizer that is spread over devices, each holds the groups: the first one will do. */
    private static Optional<Path> ofDeepSpeed(Path folder) {
        try (Stream<Path> files = Files.walk(folder, 2)) {
            return files.filter(file -> file.toString().endsWith(OF_DEEPSPEED))
                    .sorted()
                    .findFirst();
        } catch (IOException e) {
            throw TorchCheckpoint.problem(folder, "cannot be listed: " + e.getMessage());
        }
    }
}
