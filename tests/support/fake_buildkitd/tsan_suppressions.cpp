// gRPC, protobuf, Abseil and Qt come without ThreadSanitizer's eyes: how they synchronise inside is invisible to it, and
// what they hand over looks like a race. Of Qt only what was seen is named: whatever else it does with our memory (strings
// and lists that two threads share) is looked at. Compiled into every test that links ll_fake_buildkitd.
#ifdef LAYERLINE_THREAD_SANITIZER

extern "C" const char* __tsan_default_suppressions();

extern "C" const char* __tsan_default_suppressions()
{
    return "called_from_lib:libgrpc.so\n"
           "called_from_lib:libgrpc++.so\n"
           "called_from_lib:libgpr.so\n"
           "called_from_lib:libabsl_graphcycles_internal.so\n"
           "called_from_lib:libabsl_synchronization.so\n"
           "called_from_lib:libprotobuf.so\n"
           "race:libgrpc.so\n"
           "race:libgrpc++.so\n"
           "race:libgpr.so\n"
           "race:libabsl\n"
           "race:libprotobuf.so\n"
           "race:libupb.so\n"
           // A thread's queue of events grows under the queue's own lock.
           "race:QArrayData::reallocateUnaligned\n"
           // QTest's watchdog and the thread it watches end under a lock of theirs.
           "race:QWaitCondition::~QWaitCondition\n"
           "race:libQt6Test.so\n"
           "race:grpcpp/\n"
           "race:google/protobuf/\n"
           "mutex:libgrpc.so\n"
           "deadlock:libgrpc.so\n"
           "thread:libgpr.so\n";
}

#endif
