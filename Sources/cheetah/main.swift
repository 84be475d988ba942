print("cheetah")
